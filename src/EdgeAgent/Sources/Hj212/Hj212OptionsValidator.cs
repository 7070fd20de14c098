using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

[OptionsValidator]
internal sealed partial class Hj212OptionsValidator : IValidateOptions<Hj212Options>;
