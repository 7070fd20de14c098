using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

[OptionsValidator]
internal sealed partial class DockOptionsValidator : IValidateOptions<DockOptions>;
