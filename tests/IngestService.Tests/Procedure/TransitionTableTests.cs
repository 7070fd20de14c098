using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using EdgeEnforcement.IngestService.Tests.Procedure.Rules;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;
using State = EdgeEnforcement.Contracts.V1.ProcedureState;

namespace EdgeEnforcement.IngestService.Tests.Procedure;

/// <summary>The machine against docs/procedure/transitions.csv, which people wrote from the law and the process description.</summary>
public sealed class TransitionTableTests
{
    private static readonly Kind[] Answers = [Kind.Approve, Kind.ReturnRequest, Kind.WithdrawRequest];

    private static readonly State[] Ends = [State.A4LeadClosed, State.A9Rechecked, State.A1MMerged, State.G1Archived];

    private static readonly Dictionary<(State State, Kind Act), string[]> Table = Read();

    public static TheoryData<State> States => [.. Walks.FirstPart];

    [Fact]
    public void Every_cell_of_the_machine_is_as_it_was_written_down()
    {
        List<string> differ = [];
        foreach (((State state, Kind act), string[] to) in Table)
        {
            string[] machine = Machine(state, act);
            if (!machine.ToHashSet().SetEquals(to))
                differ.Add($"{state} {act}: written [{string.Join(' ', to)}], machine [{string.Join(' ', machine)}]");
        }

        Assert.Empty(differ);
    }

    [Fact]
    public void Every_state_and_every_act_has_a_cell()
    {
        State[] states = [.. Enum.GetValues<State>().Where(state => state != State.Unspecified)];
        Kind[] acts = [.. Enum.GetValues<Kind>().Where(kind => kind != Kind.Unspecified)];

        Assert.Equal(states.Length * acts.Length, Table.Count);
        Assert.Equal(acts.Except(Answers).Order(), ActTable.All.Keys.Order());
    }

    [Fact]
    public void From_every_state_of_the_first_part_some_acts_lead_to_an_end()
    {
        HashSet<State> ending = [.. Ends];
        while (Edges().Where(edge => ending.Contains(edge.To)).Select(edge => edge.From).Any(ending.Add))
        {
        }

        Assert.Equal(Walks.FirstPart.Order(), ending.Order());
        Assert.Equal(Ends.Order(), Walks.FirstPart.Where(ActTable.IsEnd).Order());
    }

    [Fact]
    public void Every_state_of_the_first_part_is_reached_from_the_lead_and_no_other()
    {
        HashSet<State> reached = [State.A1Lead];
        while (Edges().Where(edge => reached.Contains(edge.From)).Select(edge => edge.To).Any(reached.Add))
        {
        }

        Assert.Equal(Walks.FirstPart.Order(), reached.Order());
    }

    [Theory]
    [MemberData(nameof(States))]
    public void In_every_state_every_act_is_done_refused_by_its_guards_or_refused_by_the_state_with_an_article_in_force(State state)
    {
        foreach (Kind kind in Enum.GetValues<Kind>().Where(kind => kind != Kind.Unspecified))
        {
            Walk walk = Walks.To(state);
            ProcedureCase before = walk.Case.Clone();
            if (walk.Try(walk.Act(kind)) is not { } refusal)
            {
                Assert.True(Table[(state, kind)] is not ["-"], $"{kind} was done in {state}");
                Assert.Contains(ProtoNames<State>.Of(walk.Case.State), Table[(state, kind)].Append(ProtoNames<State>.Of(walk.Case.Pending is null ? State.Unspecified : state)));
                continue;
            }

            Assert.Equal(before, walk.Case);
            Assert.Equal((state, kind), (refusal.State, refusal.Act));
            string[] names = [.. refusal.Guards.Select(guard => guard.Name)];
            Assert.NotEmpty(names);
            if (Answers.Contains(kind))
                Assert.Equal(["PENDING"], names);
            else if (Table[(state, kind)] is ["-"])
                Assert.Contains(Assert.Single(refusal.Guards, guard => guard.Name == "STATE").Articles, article => article.Article.Length > 0 && article.FromDay.Length > 0);
            else
                Assert.DoesNotContain("STATE", names);
        }
    }

    private static IEnumerable<(State From, State To)> Edges() => ActTable.All.Values
        .SelectMany(act => act.Transitions.SelectMany(from => from.Value.Select(to => (from.Key, to))));

    private static string[] Machine(State state, Kind act)
    {
        bool mayWait = ActTable.All.Values.Any(known => known.Approver != OfficerRole.Unspecified && known.IsFrom(state));
        return act switch
        {
            Kind.Approve => mayWait ? ["(request)"] : ["-"],
            Kind.ReturnRequest or Kind.WithdrawRequest => mayWait ? [ProtoNames<State>.Of(state)] : ["-"],
            _ => ActTable.All[act].Transitions.TryGetValue(state, out State[]? to) ? [.. to.Select(ProtoNames<State>.Of)] : ["-"],
        };
    }

    private static Dictionary<(State, Kind), string[]> Read()
    {
        string path = Path.Combine(ProcedureRulesParserTests.Samples(), "..", "..", "docs", "procedure", "transitions.csv");
        return File.ReadLines(path).Where(line => !line.StartsWith('#')).Select(line => line.Split(';'))
            .ToDictionary(cells => (ProtoNames<State>.All[cells[0]], ProtoNames<Kind>.All[cells[1]]), cells => cells[2].Split(' '));
    }
}
