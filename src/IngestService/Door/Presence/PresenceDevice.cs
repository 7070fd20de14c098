using EdgeEnforcement.Mqtt;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>One device in the book. Touched by the book only.</summary>
internal sealed class PresenceDevice(string clientId, PresenceGateway gateway)
{
    public string ClientId { get; } = clientId;

    public PresenceGateway Gateway { get; set; } = gateway;

    public Standing Now { get; set; }

    /// <summary>As the ledger has it.</summary>
    public Standing Written { get; set; }

    public ulong SessionNumber { get; set; }

    public int KeepAliveSeconds { get; set; }

    /// <summary>Unix milliseconds; 0: it is connected.</summary>
    public long HeardAt { get; set; }

    // Since the last change in the ledger.
    public int Drops { get; set; }

    public ApplicationMessage? Will { get; set; }

    public bool IsDirty { get; set; }

    // Of suspect changes: how many were written since when.
    public long BudgetFrom { get; set; }

    public int BudgetSpent { get; set; }

    /// <summary>Offline, lost within the window.</summary>
    public bool IsRecent { get; set; }

    /// <summary>The open one it is under; kept until it has been back for a grace, so that a flapping device has one and not many.</summary>
    public Episode? Episode { get; set; }
}
