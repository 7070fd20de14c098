using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Hosting;

/// Where things lie below the data directory. Keys are apart from the spool: a spool that was lost leaves the key, which is how the
/// agent knows that it numbered records before.
internal sealed class AgentPaths(string root)
{
    public string Root { get; } = Path.GetFullPath(root);

    public string Lock => Path.Combine(Root, "agent.lock");

    public string KeyDirectory => Path.Combine(Root, "keys");

    public string SigningKey => Path.Combine(KeyDirectory, "producer.pem");

    public string SpoolDirectory => Path.Combine(Root, "spool");

    public string EpochState => Path.Combine(SpoolDirectory, "epoch.json");

    public string Receipts => Path.Combine(Root, "receipts");

    public string StationStore => Path.Combine(Root, "media");

    public string SeenFiles => Path.Combine(Root, "catalog");

    public string Quarantine => Path.Combine(Root, "quarantine");

    public string Detection => Path.Combine(Root, "detection");

    public string Configuration => Path.Combine(Root, "configuration");

    public string LedgerState => Path.Combine(Root, "ledger.json");

    /// Left by `accept-origin`: the verifier key the custodian accepts. Taken up, and removed, by the agent.
    public string AcceptedOrigin => Path.Combine(Root, "accepted-origin");

    public string ClassDirectory(uint epoch, RecordClass recordClass)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)recordClass, (int)RecordClass.Unspecified, nameof(recordClass));
        var name = recordClass switch { RecordClass.P0 => "p0", RecordClass.P1 => "p1", _ => "p2" };
        return Path.Combine(SpoolDirectory, string.Create(CultureInfo.InvariantCulture, $"e{epoch:D6}"), name);
    }

    /// Epochs that have a spool here, in order.
    public IReadOnlyList<uint> Epochs(IFileSystem files) =>
        [.. files.EnumerateDirectories(SpoolDirectory)
            .Where(d => d.StartsWith('e'))
            .Select(d => uint.TryParse(d.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var e) ? e : 0)
            .Where(e => e > 0).Order()];
}
