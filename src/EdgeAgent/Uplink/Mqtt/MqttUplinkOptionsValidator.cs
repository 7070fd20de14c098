using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink.Mqtt;

[OptionsValidator]
internal sealed partial class MqttUplinkOptionsValidator : IValidateOptions<MqttUplinkOptions>;
