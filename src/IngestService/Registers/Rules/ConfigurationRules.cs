using System.Security.Cryptography;
using System.Text.Json;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Rules;

internal static class ConfigurationRules
{
    /// <summary>An agent takes what is newest in the ledger, when it hears of it: a period of the past or the future would be a promise nobody keeps.</summary>
    public static IEnumerable<RuleFault> OfPeriod(RegisterChange change)
    {
        if (change.ValidFrom is not null || change.ValidUntil is not null || change.Ended || change.Correction)
            yield return new RuleFault("valid_from", "a configuration holds from its entry on, until the next: no period, no end, no correction");
    }

    public static IEnumerable<RuleFault> Of(string id, AgentConfiguration configuration, RuleScope scope)
    {
        foreach (RuleFault fault in FieldRules.Present(configuration.Producer, "producer").Concat(FieldRules.Present(configuration.Label, "label")))
            yield return fault;
        if (configuration.Producer != id)
            yield return new RuleFault("producer", "a configuration is kept under its producer's name");
        if (!IsJson(configuration.Content.Memory))
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

    /// As agents read it: strictly, and no name twice.
    private static bool IsJson(ReadOnlyMemory<byte> content)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
