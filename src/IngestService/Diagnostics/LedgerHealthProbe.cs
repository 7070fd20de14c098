using System.Globalization;
using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Diagnostics;

internal sealed class LedgerHealthProbe(ILedgerReader ledger, ILedgerProofs proofs) : IHealthProbe
{
    public string Name => "ledger";

    // Sizes as text: JSON numbers lose precision above 2^53.
    public HealthFinding Check() => new(true, new Dictionary<string, object>
    {
        ["origin"] = proofs.Origin,
        ["size"] = ledger.DurableSize.ToString(CultureInfo.InvariantCulture),
        ["checkpointSize"] = proofs.Newest.Checkpoint.Size.ToString(CultureInfo.InvariantCulture),
    });
}
