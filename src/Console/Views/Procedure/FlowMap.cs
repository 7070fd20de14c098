using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>
/// The process of one case as a picture: boxes and ways between them. Pure. The way gone is the acts that took effect; what may come is what the
/// service calls possible.
/// </summary>
public sealed class FlowMap
{
    public const int Width = 1254;
    public const int BoxWidth = 84;
    public const int BoxHeight = 50;

    private const int Head = 30;
    private const int ColumnWidth = 96;
    private const int RowHeight = 72;
    private const int Left = 6;

    private readonly Dictionary<ProcedureState, FlowBox> _boxes;

    private FlowMap(IEnumerable<FlowBox> boxes)
    {
        _boxes = boxes.ToDictionary(box => box.Place.State);
        FirstRow = _boxes.Values.Min(box => box.Place.Row);
        Height = Head + ((_boxes.Values.Max(box => box.Place.Row) - FirstRow + 1) * RowHeight) + 6;
    }

    public IReadOnlyCollection<FlowBox> Boxes => _boxes.Values;

    public IReadOnlyList<FlowWay> Ways { get; private init; } = [];

    public int Height { get; }

    private int FirstRow { get; }

    public static FlowMap Of(ProcedureView view)
    {
        var state = view.State.State;
        var map = new FlowMap(FlowPlace.All.Select(place => BoxOf(place, view)).Where(box => box.Place.IsMain || box.Look != FlowLook.Ahead));
        var gone = view.State.Acts.Where(act => !act.Requested && act.From != act.To && act.From != ProcedureState.Unspecified)
            .Select(act => (act.From, act.To)).Distinct().ToArray();
        var possible = view.Flow.Where(step => step.IsPossible && step.State != state).Select(step => (From: state, To: step.State)).Distinct();
        return new FlowMap(map.Boxes)
        {
            Ways = [.. map.Ordinary(gone), .. possible.Except(gone).Select(way => new FlowWay(way.From, way.To, FlowLook.Possible)), .. gone.Select(way => new FlowWay(way.From, way.To, FlowLook.Gone))],
        };
    }

    public int X(FlowPlace place) => Left + (place.Column * ColumnWidth);

    public int Y(FlowPlace place) => Head + ((place.Row - FirstRow) * RowHeight) + 4;

    /// <summary>From the left edge, in the picture's own units.</summary>
    public static int LaneX(int firstColumn) => Left + (firstColumn * ColumnWidth) - 4;

    public static int LaneWidth(int columns) => (columns * ColumnWidth) - 4;

    /// <summary>An SVG path; empty when an end of it is not in the picture.</summary>
    public string Path(FlowWay way)
    {
        if (!_boxes.TryGetValue(way.From, out var from) || !_boxes.TryGetValue(way.To, out var to))
            return "";
        var (x, y, a, b) = (X(from.Place), Y(from.Place), X(to.Place), Y(to.Place));
        var (columns, rows) = (to.Place.Column - from.Place.Column, to.Place.Row - from.Place.Row);
        return (columns, rows) switch
        {
            (1, 0) => Line(x + BoxWidth, y + (BoxHeight / 2), a, b + (BoxHeight / 2)),
            (0, _) => rows > 0
                ? Line(x + (BoxWidth / 2) - 8, y + BoxHeight, a + (BoxWidth / 2) - 8, b)
                : Line(x + (BoxWidth / 2) + 8, y, a + (BoxWidth / 2) + 8, b + BoxHeight),
            // Over boxes that lie between; back ones under them.
            ( > 1, 0) => Arc(x + BoxWidth - 20, y, a + 20, b, -16),
            ( < 0, 0) => Arc(x + 20, y + BoxHeight, a + BoxWidth - 20, b + BoxHeight, 16),
            _ => Gutters(x, y, a, b),
        };
    }

    private IEnumerable<FlowWay> Ordinary((ProcedureState From, ProcedureState To)[] gone)
    {
        var main = Boxes.Where(box => box.Place.IsMain).OrderBy(box => box.Place.Column).Select(box => box.Place.State).ToArray();
        return main.Zip(main.Skip(1)).Where(way => !gone.Contains(way)).Select(way => new FlowWay(way.First, way.Second, FlowLook.Ahead));
    }

    private static FlowBox BoxOf(FlowPlace place, ProcedureView view)
    {
        var steps = view.Flow.Where(step => step.State == place.State).ToArray();
        Timestamp?[] entered = [.. steps.Where(step => step.EnteredAt is not null).Select(step => step.EnteredAt)];
        var look = view.State.State == place.State ? FlowLook.Current
            : entered.Length > 0 ? FlowLook.Gone
            : steps.Any(step => step.IsPossible) ? FlowLook.Possible
            : FlowLook.Ahead;
        // Gone before and open again: the next step is what a reader looks for.
        return new FlowBox(place, look, entered.LastOrDefault(), steps.Any(step => step.IsPossible) && look != FlowLook.Current);
    }

    private static string Line(int x, int y, int a, int b) => string.Create(CultureInfo.InvariantCulture, $"M{x} {y}L{a} {b}");

    private static string Arc(int x, int y, int a, int b, int lift) => string.Create(CultureInfo.InvariantCulture, $"M{x} {y}C{x} {y + lift} {a} {b + lift} {a} {b}");

    // Along the gaps between rows and columns, so that no box is crossed in the row of the source and the column of the target.
    private static string Gutters(int x, int y, int a, int b)
    {
        const int Gap = (ColumnWidth - BoxWidth) / 2;
        var (leave, row) = b > y ? (y + BoxHeight, y + BoxHeight + ((RowHeight - BoxHeight) / 2)) : (y, y - ((RowHeight - BoxHeight) / 2));
        var (column, arrive) = a > x ? (a - Gap, a) : (a + BoxWidth + Gap, a + BoxWidth);
        var from = a > x ? x + BoxWidth - 16 : x + 16;
        return string.Create(CultureInfo.InvariantCulture, $"M{from} {leave}V{row}H{column}V{b + (BoxHeight / 2)}H{arrive}");
    }
}
