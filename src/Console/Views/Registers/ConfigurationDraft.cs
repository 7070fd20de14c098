using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>A version as it is being written.</summary>
public sealed class ConfigurationDraft
{
    /// <summary>JSON, registered byte for byte as it stands here.</summary>
    public string Text { get; set; } = "";

    public string Label { get; set; } = "";

    public string Reason { get; set; } = "";

    /// <summary>A roll-back: of the version it repeats, whose text is not changed; 0 otherwise.</summary>
    public ulong Repeats { get; init; }

    /// <summary>SubjectRow.version as seen.</summary>
    public ulong SeenVersion { get; init; }

    /// <summary>The newest version's text, which the difference is shown to.</summary>
    public string Newest { get; init; } = "{}";

    /// <summary>Why it is no JSON; null when it is.</summary>
    public string? Fault => JsonDifference.WhyNot(Text);

    public IReadOnlyList<JsonDifference> Differences => Fault is null ? JsonDifference.Between(Newest, Text) : [];

    public AgentConfiguration ToConfiguration(string producer)
    {
        var content = Encoding.UTF8.GetBytes(Text);
        return new AgentConfiguration
        {
            Producer = producer, Label = Label.Trim(), Content = ByteString.CopyFrom(content), Sha256 = ByteString.CopyFrom(SHA256.HashData(content)), RepeatsEntry = Repeats,
        };
    }
}
