using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Ledger.Scrub;

[OptionsValidator]
internal sealed partial class ScrubOptionsValidator : IValidateOptions<ScrubOptions>;
