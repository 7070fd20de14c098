using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Takes alerts from people in the field and answers after the spool has flushed them.
internal sealed class FieldAlertDesk(AgentSpool spool, IOptions<AgentOptions> options, TimeProvider time)
{
    private const string ManualRule = "manual"; // alert.proto
    private const int LongestText = 4000;

    public static IReadOnlyList<string> Kinds { get; } = ["suspected-violation", "hazard", "device"];

    public static IReadOnlyList<string> Severities { get; } = ["info", "warning", "serious", "critical"];

    public async Task<IResult> SendAsync(AlertRequest request, CancellationToken cancellation)
    {
        if (WhyNot(request) is { } refusal)
            return Results.BadRequest(refusal);
        var now = time.GetUtcNow();
        var device = options.Value.Producer;
        var alert = new FieldAlert
        {
            EpisodeId = EpisodeId.Derive(device, ManualRule, request.Target, now),
            Phase = EpisodePhase.Opened,
            Kind = (AlertKind)(IndexOf(Kinds, request.Kind) + 1),
            Severity = (AlertSeverity)(IndexOf(Severities, request.Severity) + 1),
            Rule = ManualRule,
            RuleVersion = "1",
            Target = request.Target,
            Title = request.Title,
            Description = request.Description,
            EpisodeStart = Timestamp.FromDateTimeOffset(now),
            ObservedAt = Timestamp.FromDateTimeOffset(now),
            Place = request.Place,
            Officer = request.Officer,
            Count = 1,
        };
        if (request is { Latitude: { } latitude, Longitude: { } longitude })
            alert.Position = new Position { Latitude = latitude, Longitude = longitude };
        try
        {
            var spooled = await spool.AppendAsync(
                RecordClass.P0, new Record { SourceDevice = device, Sensitivity = Sensitivity.Internal, FieldAlert = alert }, cancellation);
            return Results.Json(new AlertAnswer(alert.EpisodeId, spooled.Key.Epoch, spooled.Key.Sequence));
        }
        catch (StationFullException e)
        {
            return Results.Problem(e.Message, statusCode: StatusCodes.Status507InsufficientStorage);
        }
    }

    private static string? WhyNot(AlertRequest request) =>
        string.IsNullOrWhiteSpace(request.Title) ? "An alert needs a title."
        : IndexOf(Kinds, request.Kind) < 0 ? $"'{request.Kind}' is no kind of alert: {string.Join(", ", Kinds)}."
        : IndexOf(Severities, request.Severity) < 0 ? $"'{request.Severity}' is no severity: {string.Join(", ", Severities)}."
        : request.Latitude is < -90 or > 90 || request.Longitude is < -180 or > 180 ? "The position is not on the earth."
        : new[] { request.Title, request.Description, request.Place, request.Officer, request.Target }.Any(t => t is null || t.Length > LongestText)
            ? $"A text is missing or longer than {LongestText} characters."
        : null;

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
            if (names[i] == name)
                return i;
        return -1;
    }
}
