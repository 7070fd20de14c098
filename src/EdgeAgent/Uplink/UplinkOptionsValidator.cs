using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink;

[OptionsValidator]
internal sealed partial class UplinkOptionsValidator : IValidateOptions<UplinkOptions>;
