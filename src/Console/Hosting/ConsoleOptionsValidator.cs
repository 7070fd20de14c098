using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Hosting;

[OptionsValidator]
internal sealed partial class ConsoleOptionsValidator : IValidateOptions<ConsoleOptions>;
