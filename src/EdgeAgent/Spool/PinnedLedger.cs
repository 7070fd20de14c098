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

    public void Open() => Take(SealedFile.ReadDurable(files, paths.LedgerState));

    /// For `verify`: nothing is changed, nothing is synced.
    public void Look() => Take(SealedFile.Read(files, paths.LedgerState));

    private void Take(byte[]? state)
    {
        if (state is not null)
            _current = JsonSerializer.Deserialize<LedgerPin>(state);
    }

    public void Save(LedgerPin pin)
    {
        SealedFile.Write(files, paths.LedgerState, JsonSerializer.SerializeToUtf8Bytes(pin));
        Volatile.Write(ref _current, pin);
    }
}
