using System.Security.Cryptography;
using System.Text.Json;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Rules;

internal static class ConfigurationRules
{
    public static IEnumerable<RuleFault> Of(string id, AgentConfiguration configuration, RuleScope scope)
    {
        foreach (RuleFault fault in FieldRules.Present(configuration.Producer, "producer").Concat(FieldRules.Present(configuration.Label, "label")))
            yield return fault;
        if (configuration.Producer != id)
            yield return new RuleFault("producer", "a configuration is kept under its producer's name");
        if (!IsJson(configuration.Content.Span))
            yield return new RuleFault("content", "is no JSON object");
        if (!SHA256.HashData(configuration.Content.Span).AsSpan().SequenceEqual(configuration.Sha256.Span))
            yield return new RuleFault("sha256", "is not that of the content");
        if (configuration.RepeatsEntry == 0)
            yield break;
        RegisterVersion? repeated = scope.Before.Find(RegisterKind.AgentConfiguration, id)?.Versions
            .LastOrDefault(version => version.Entry == configuration.RepeatsEntry);
        if (repeated?.Change.AgentConfiguration.Content.Equals(configuration.Content) != true)
            yield return new RuleFault("repeats_entry", $"entry {configuration.RepeatsEntry} is no configuration of {id} with this content");
    }

    private static bool IsJson(ReadOnlySpan<byte> content)
    {
        Utf8JsonReader reader = new(content);
        try
        {
            bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (isObject && reader.Read())
            {
                // Read to the end: what follows the object is an error, too.
            }

            return isObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
