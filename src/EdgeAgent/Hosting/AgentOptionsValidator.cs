using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Hosting;

[OptionsValidator]
internal sealed partial class AgentOptionsValidator : IValidateOptions<AgentOptions>;
