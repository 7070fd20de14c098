using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink.Upload;

[OptionsValidator]
internal sealed partial class UploadOptionsValidator : IValidateOptions<UploadOptions>;
