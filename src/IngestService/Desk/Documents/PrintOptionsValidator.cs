using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Desk.Documents;

[OptionsValidator]
internal sealed partial class PrintOptionsValidator : IValidateOptions<PrintOptions>;
