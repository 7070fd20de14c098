using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Views.Charts;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Views;

/// <summary>A station and the chart of one of its series.</summary>
public sealed class StationView(DeskQueries queries, TimeProvider time)
{
    // The feed may speak ten times a second; a picture of hours does not change that fast.
    private static readonly TimeSpan ChartAge = TimeSpan.FromSeconds(3);

    private const uint Points = 1_500;

    private (string Device, ChartChoice Choice)? _shown;
    private long _drawn;

    public StationDetail? Detail { get; private set; }

    public bool Unknown { get; private set; }

    /// <summary>The series of the chart; null while the station has none.</summary>
    public SeriesRow? Chosen { get; private set; }

    public SeriesAnswer Series { get; private set; } = new();

    public ChartRange Range { get; private set; } = ChartRange.Parse(null, null, null, DateTimeOffset.UnixEpoch);

    public async Task ReadAsync(string device, ChartChoice choice, ulong atLeast, CancellationToken cancellation)
    {
        try
        {
            Detail = await queries.GetStationAsync(device, atLeast, cancellation);
            Unknown = false;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            (Detail, Unknown) = (null, true);
            return;
        }
        Chosen = choice.Of(Detail.Row.Latest);
        if (Chosen is null || ((device, choice) == _shown && time.GetElapsedTime(_drawn) < ChartAge))
            return;

        Range = ChartRange.Parse(choice.From, choice.To, choice.Days, time.GetUtcNow());
        Series = await queries.GetSeriesAsync(new GetSeriesRequest
        {
            AtLeast = atLeast, Device = device, Factor = Chosen.Factor, Kind = Chosen.Kind, Unit = Chosen.Unit,
            From = Range.From.ToTimestamp(), To = Range.To.ToTimestamp(), MaxPoints = Points,
        }, cancellation);
        (_shown, _drawn) = ((device, choice), time.GetTimestamp());
    }
}
