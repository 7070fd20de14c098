using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Hosting;

[OptionsValidator]
internal sealed partial class HostingOptionsValidator : IValidateOptions<HostingOptions>;
