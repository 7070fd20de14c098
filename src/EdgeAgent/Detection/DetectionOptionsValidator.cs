using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Detection;

[OptionsValidator]
internal sealed partial class DetectionOptionsValidator : IValidateOptions<DetectionOptions>;
