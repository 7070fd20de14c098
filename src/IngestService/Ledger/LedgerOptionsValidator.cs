using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Ledger;

[OptionsValidator]
internal sealed partial class LedgerOptionsValidator : IValidateOptions<LedgerOptions>;
