using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Space;

/// <summary>What no single field can say.</summary>
internal sealed class SpaceOptionsRules : IValidateOptions<SpaceOptions>
{
    public ValidateOptionsResult Validate(string? name, SpaceOptions options) =>
        options.FloorBytes > options.ReserveBytes
            ? ValidateOptionsResult.Fail("Space:FloorBytes must not be above Space:ReserveBytes: P0 would be refused before P1.")
            : ValidateOptionsResult.Success;
}
