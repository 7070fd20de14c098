using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

[OptionsValidator]
internal sealed partial class RemoteConfigurationOptionsValidator : IValidateOptions<RemoteConfigurationOptions>;
