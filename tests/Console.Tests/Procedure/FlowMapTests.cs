using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Views.Procedure;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Tests.Procedure;

public sealed class FlowMapTests
{
    private static readonly Timestamp Day = new() { Seconds = 1_790_000_000 };

    [Fact]
    public void Every_state_of_the_process_has_a_place_of_its_own()
    {
        var states = System.Enum.GetValues<ProcedureState>().Where(state => state != ProcedureState.Unspecified);

        Assert.All(states, state => Assert.NotNull(FlowPlace.Of(state)));
        Assert.Equal(FlowPlace.All.Count, FlowPlace.All.Select(place => (place.Column, place.Row)).Distinct().Count());
        Assert.All(FlowPlace.All, place => Assert.InRange(place.Column, 0, FlowPlace.Lanes.Sum(lane => lane.Columns) - 1));
    }

    [Fact]
    public void The_way_gone_the_state_now_and_what_may_come_look_different()
    {
        var map = FlowMap.Of(Case(ProcedureState.A2EvidenceReview, [(ProcedureState.A1Lead, ProcedureState.A2EvidenceReview)], ProcedureState.B0Filed, ProcedureState.A3Reminded));

        Assert.Equal(FlowLook.Gone, Look(map, ProcedureState.A1Lead));
        Assert.Equal(FlowLook.Current, Look(map, ProcedureState.A2EvidenceReview));
        Assert.Equal(FlowLook.Possible, Look(map, ProcedureState.B0Filed));
        Assert.Equal(FlowLook.Possible, Look(map, ProcedureState.A3Reminded));
        Assert.Equal(FlowLook.Ahead, Look(map, ProcedureState.E1Decided));
        Assert.Null(Look(map, ProcedureState.C1Returned)); // a branch that is neither used nor possible is not drawn
        Assert.Contains(new FlowWay(ProcedureState.A1Lead, ProcedureState.A2EvidenceReview, FlowLook.Gone), map.Ways);
        Assert.Contains(new FlowWay(ProcedureState.A2EvidenceReview, ProcedureState.A3Reminded, FlowLook.Possible), map.Ways);
    }

    [Fact]
    public void A_request_that_waits_is_no_way_gone()
    {
        var view = Case(ProcedureState.A2EvidenceReview, [(ProcedureState.A1Lead, ProcedureState.A2EvidenceReview)], ProcedureState.B0Filed);
        view.State.Acts.Add(new ActMade { From = ProcedureState.A2EvidenceReview, To = ProcedureState.B0Filed, Requested = true });

        Assert.DoesNotContain(FlowMap.Of(view).Ways, way => way.To == ProcedureState.B0Filed && way.Look == FlowLook.Gone);
    }

    [Fact]
    public void A_state_that_was_left_and_is_open_again_is_both()
    {
        var map = FlowMap.Of(Case(ProcedureState.C1Returned,
            [(ProcedureState.C0LegalReview, ProcedureState.C1Returned)], ProcedureState.C0LegalReview));
        var review = map.Boxes.Single(box => box.Place.State == ProcedureState.C0LegalReview);

        Assert.Equal((FlowLook.Gone, true), (review.Look, review.IsPossible));
    }

    [Fact]
    public void All_boxes_and_ways_lie_in_the_picture()
    {
        var states = FlowPlace.All.Select(place => place.State).ToArray();
        var map = FlowMap.Of(Case(ProcedureState.C0LegalReview, [.. states.SelectMany(from => states.Where(to => to != from).Select(to => (from, to)))]));

        Assert.All(map.Boxes, box => Assert.InRange(map.X(box.Place) + FlowMap.BoxWidth, 0, FlowMap.Width));
        Assert.All(map.Boxes, box => Assert.InRange(map.Y(box.Place) + FlowMap.BoxHeight, 0, map.Height));
        Assert.All(map.Ways, way => Assert.StartsWith("M", map.Path(way), StringComparison.Ordinal));
    }

    private static FlowLook? Look(FlowMap map, ProcedureState state) => map.Boxes.FirstOrDefault(box => box.Place.State == state)?.Look;

    private static ProcedureView Case(ProcedureState now, (ProcedureState From, ProcedureState To)[] gone, params ProcedureState[] possible)
    {
        var view = new ProcedureView { State = new ProcedureCase { State = now } };
        view.State.Acts.AddRange(gone.Select(way => new ActMade { From = way.From, To = way.To, At = Day }));
        view.Flow.AddRange(gone.SelectMany(way => new[] { way.From, way.To }).Distinct().Select(state => new FlowStep { State = state, EnteredAt = Day, IsCurrent = state == now }));
        view.Flow.AddRange(possible.Select(state => new FlowStep { State = state, IsPossible = true }));
        return view;
    }
}
