using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Space;

[OptionsValidator]
internal sealed partial class SpaceOptionsValidator : IValidateOptions<SpaceOptions>;
