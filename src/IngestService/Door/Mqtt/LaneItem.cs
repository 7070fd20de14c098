using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Door.Admission;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.Mqtt.Server;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>One publish on its way through an <see cref="EnvelopeLane"/>: whose it is, and as much of its answer as is known.</summary>
internal sealed class LaneItem(string device, IntakeTicket ticket, ulong correlation)
{
    public string Device { get; } = device;

    public IntakeTicket Ticket { get; } = ticket;

    public ulong Correlation { get; } = correlation;

    /// <summary>An envelope's, while it is judged.</summary>
    public Task<Verdict>? Verdict { get; init; }

    public RegisteredProducer? Producer { get; init; }

    /// <summary>What the ledger will say, once it was asked.</summary>
    public PendingAnswer? Pending { get; set; }

    public RefusalDetail? Refusal { get; set; }

    /// <summary>Ready, or made when the ledger has answered.</summary>
    public ReportResponse? Response { get; set; }

    public IntakeAnswer Answer { get; set; }

    public bool IsReady => Pending is not { } pending || pending.IsReady;
}
