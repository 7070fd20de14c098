using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Media;

namespace EdgeEnforcement.OperatorConsole.Desk.Proof;

public sealed class IndependentCheck(Ledger.LedgerClient ledger, MediaSource media, LedgerPins pins)
{
    public Task<IReadOnlyList<ProofStep>> RunAsync(MediaDetail detail, CancellationToken cancellation)
    {
        _ = (ledger, media, pins, detail, cancellation);
        return Task.FromResult<IReadOnlyList<ProofStep>>([]);
    }
}
