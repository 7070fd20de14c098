using System.Text.Json;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// The ledger this station was registered with: origin and key as first seen, the last checkpoint accepted, and whether it forked.
/// Durable before it is acted on; a change of origin or key is never taken silently.
internal sealed class PinnedLedger(IFileSystem files, AgentPaths paths)
{
    private LedgerPin? _current;

    public LedgerPin? Current => Volatile.Read(ref _current);

    public void Open()
    {
        if (AtomicFile.Read(files, paths.LedgerState) is { } bytes)
            _current = JsonSerializer.Deserialize<LedgerPin>(bytes);
    }

    public void Save(LedgerPin pin)
    {
        AtomicFile.Write(files, paths.LedgerState, JsonSerializer.SerializeToUtf8Bytes(pin));
        Volatile.Write(ref _current, pin);
    }
}
