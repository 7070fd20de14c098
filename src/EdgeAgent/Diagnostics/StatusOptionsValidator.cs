using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

[OptionsValidator]
internal sealed partial class StatusOptionsValidator : IValidateOptions<StatusOptions>;
