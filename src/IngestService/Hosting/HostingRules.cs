using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Hosting;

/// <summary>What no single field can say.</summary>
internal sealed class HostingRules : IValidateOptions<HostingOptions>
{
    public ValidateOptionsResult Validate(string? name, HostingOptions options) =>
        options.GrpcPort != 0 && options.GrpcPort == options.HttpPort
            ? ValidateOptionsResult.Fail($"Hosting: gRPC and HTTP cannot share port {options.GrpcPort}.")
            : ValidateOptionsResult.Success;
}
