using System.Text.Json;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.EdgeAgent.Uplink;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Hosting;

/// Rules that concern more than one field.
internal sealed class AgentOptionsRules : IValidateOptions<AgentOptions>, IValidateOptions<DockOptions>, IValidateOptions<UplinkOptions>
{
    private static readonly string[] ServiceProducers = ["clerk", "desk", "ledger"];

    public ValidateOptionsResult Validate(string? name, AgentOptions options) =>
        ServiceProducers.Contains(options.Producer, StringComparer.Ordinal)
            ? ValidateOptionsResult.Fail($"Agent:Producer must not be '{options.Producer}': the service speaks under that name.")
            : ValidateOptionsResult.Success;

    public ValidateOptionsResult Validate(string? name, DockOptions options)
    {
        var failures = new List<string>();
        foreach (var twice in options.Bays.GroupBy(b => b.Number).Where(g => g.Count() > 1))
            failures.Add($"Dock:Bays has number {twice.Key} more than once.");
        foreach (var twice in options.Bays.Where(b => b.Path.Length > 0).GroupBy(b => Path.GetFullPath(b.Path), StringComparer.Ordinal).Where(g => g.Count() > 1))
            failures.Add($"Dock:Bays has the path '{twice.Key}' more than once.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.RecorderTimeZone, out _))
            failures.Add($"Dock:RecorderTimeZone '{options.RecorderTimeZone}' is not known here.");
        try
        {
            RecordingNameParser.Load(options.NamingProfiles);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException or TimeZoneNotFoundException)
        {
            failures.Add($"Dock:NamingProfiles '{options.NamingProfiles}' cannot be used: {e.Message}");
        }
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    public ValidateOptionsResult Validate(string? name, UplinkOptions options) =>
        options.BackoffMaximum < options.BackoffMinimum
            ? ValidateOptionsResult.Fail("Uplink:BackoffMaximum must not be below Uplink:BackoffMinimum.")
            : ValidateOptionsResult.Success;
}
