using EdgeEnforcement.IngestService.Door;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Hosting;

/// <summary>What no single field can say.</summary>
internal sealed class PortsDifferRule : IValidateOptions<DoorOptions>
{
    public ValidateOptionsResult Validate(string? name, DoorOptions options) =>
        options.GrpcPort != 0 && options.GrpcPort == options.HttpPort
            ? ValidateOptionsResult.Fail($"Door: gRPC and HTTP cannot share port {options.GrpcPort}.")
            : ValidateOptionsResult.Success;
}
