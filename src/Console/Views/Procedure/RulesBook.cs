using System.Text.Json;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>
/// The rules in force as a page and a form read them: lists to choose from, names of deadlines, fields of documents. The service decides with its own
/// copy; what is missing or unknown here is an empty list, and the id is shown instead of the name.
/// </summary>
public sealed class RulesBook
{
    private static readonly JsonSerializerOptions Reading = new() { PropertyNameCaseInsensitive = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static RulesBook None { get; } = new();

    public string Version { get; init; } = "";

    public IReadOnlyList<Article> Law { get; init; } = [];

    public IReadOnlyList<Deadline> Deadlines { get; init; } = [];

    public IReadOnlyList<Profile> Profiles { get; init; } = [];

    public IReadOnlyList<Code> ReviewChecklist { get; init; } = [];

    public IReadOnlyList<Code> LeadClosingReasons { get; init; } = [];

    public IReadOnlyList<Code> SuspensionReasons { get; init; } = [];

    public IReadOnlyList<Template> Templates { get; init; } = [];

    public IReadOnlyList<Agency> Agencies { get; init; } = [];

    public AlertTimes Alerts { get; init; } = new();

    public static RulesBook Read(RulesView view)
    {
        if (view.EntryIndex == 0 && view.Content.IsEmpty)
            return None;
        try
        {
            return JsonSerializer.Deserialize<RulesBook>(view.Content.Span, Reading) ?? None;
        }
        catch (JsonException)
        {
            return new RulesBook { Version = view.Version }; // a later format: ids are shown, and the service still decides
        }
    }

    /// <summary>The domain's own, or the common one.</summary>
    public Deadline? DeadlineOf(string id, string domain) => Deadlines.LastOrDefault(rule => rule.Id == id && rule.Domains.Contains(domain))
        ?? Deadlines.LastOrDefault(rule => rule.Id == id && rule.Domains.Contains("*"));

    /// <summary>The domain's own, or that of "*".</summary>
    public Profile? ProfileOf(string domain) => Profiles.FirstOrDefault(profile => profile.Domain == domain) ?? Profiles.FirstOrDefault(profile => profile.Domain == "*");

    /// <param name="kind">As the contract writes it: "DOCUMENT_KIND_PENALTY_NOTICE"; the rules leave the prefix out.</param>
    public Template? TemplateOf(DocumentKind kind, string domain)
    {
        var name = NameOf(kind);
        return Templates.LastOrDefault(known => known.Kind == name && known.Domains.Contains(domain)) ?? Templates.LastOrDefault(known => known.Kind == name);
    }

    public static string NameOf(DocumentKind kind) => string.Concat(kind.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));

    public sealed record AlertTimes
    {
        public IReadOnlyList<AlertTime> Acknowledge { get; init; } = [];

        public Night Night { get; init; } = new();

        public SamplePart ClosedAlertSample { get; init; } = new();
    }

    public sealed record AlertTime(string Severity = "", int Minutes = 0, int NightMinutes = 0, string Source = "");

    public sealed record Night(string From = "", string Until = "", string Source = "");

    public sealed record SamplePart(int Percent = 0, string Source = "");

    public sealed record Code(string Zh = "", string En = "", string Source = "")
    {
        [System.Text.Json.Serialization.JsonPropertyName("code")]
        public string Id { get; init; } = "";
    }

    public sealed record Article(string Id = "", string Law = "", string From = "", string Through = "", string Says = "", string Source = "")
    {
        [System.Text.Json.Serialization.JsonPropertyName("article")]
        public string Number { get; init; } = "";
    }

    public sealed record Deadline(string Id = "", string Zh = "", string En = "", int Period = 0, string Unit = "", string Effect = "", string Owner = "", string From = "", string Through = "", string Source = "", bool DueFromAct = false)
    {
        public IReadOnlyList<string> StartsWith { get; init; } = [];

        public IReadOnlyList<string> StopsWith { get; init; } = [];

        public IReadOnlyList<string> HeldActs { get; init; } = [];

        public IReadOnlyList<string> Articles { get; init; } = [];

        public IReadOnlyList<string> Domains { get; init; } = ["*"];

        public IReadOnlyList<Code> PauseReasons { get; init; } = [];

        public IReadOnlyList<Extension> Extensions { get; init; } = [];
    }

    public sealed record Extension(string Zh = "", string En = "", int MaxUnits = 0, string Approver = "")
    {
        [System.Text.Json.Serialization.JsonPropertyName("code")]
        public string Id { get; init; } = "";
    }

    public sealed record Profile(string Domain = "", string Zh = "", string En = "", bool CollectiveForAll = false, int CollectiveQuorum = 3, bool ReviewForAll = true, bool OneOfficerSimple = false, long SimpleCitizenFen = 20_000, long SimpleOrganisationFen = 300_000, string Source = "")
    {
        public IReadOnlyList<Threshold> HearingThresholds { get; init; } = [];

        public IReadOnlyList<Duty> RecordingDuties { get; init; } = [];

        public IReadOnlyList<Code> StepsFirst { get; init; } = [];

        public IReadOnlyList<string> FileDocuments { get; init; } = [];
    }

    public sealed record Threshold(string Party = "", long FromFen = 0, string From = "", string Through = "", string Source = "");

    public sealed record Duty(string Activity = "", string Zh = "", string En = "", bool Must = false, string Source = "");

    public sealed record Template(string Id = "", string Version = "", string Kind = "", string Title = "", string NumberPattern = "", bool Internal = false, string From = "", string Through = "", string Source = "")
    {
        public IReadOnlyList<Field> Fields { get; init; } = [];

        public IReadOnlyList<string> Domains { get; init; } = ["*"];
    }

    public sealed record Field(string Key = "", string Zh = "", string En = "", bool Required = true, bool Long = false);

    public sealed record Agency(string UnitId = "", string ShortName = "", string Code = "", string SealName = "");
}
