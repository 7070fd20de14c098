using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>One station's remote configuration: the versions that were registered, what the station did with each, and the next one being written.</summary>
public sealed class AgentConfigurationView(RegisterQueries registers, ConfigurationQueries reports, ConfigurationActs acts)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string _producer = "";
    private IReadOnlyList<ConfigurationReportRow> _reports = [];
    private ulong _version;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<SubjectVersion> Versions { get; private set; } = [];

    /// <summary>What the station runs with by its newest word; 0: its local file alone; null: it has said nothing yet.</summary>
    public ulong? RunsWith { get; private set; }

    public SubjectVersion? Newest => Versions.FirstOrDefault();

    public ConfigurationDraft? Draft { get; private set; }

    public ActOutcome? Outcome { get; private set; }

    public bool Busy { get; private set; }

    public async Task ReadAsync(string producer, ulong atLeast, CancellationToken cancellation)
    {
        _producer = producer;
        var detail = await registers.FindAsync(RegisterKind.AgentConfiguration, producer, atLeast, cancellation);
        var said = await reports.ReportsAsync(producer, atLeast, cancellation);
        (Versions, _version, _reports) = (detail?.Versions ?? [], detail?.Row.Version ?? 0, said.Rows);
        // A report is said at once and the status now and then: whichever the station wrote last.
        var report = said.Rows.FirstOrDefault();
        RunsWith = report is not null && (said.StatusTime is null || said.StatusTime <= report.AgentTime) ? report.Report.RunsWithEntry
            : said.StatusTime is null ? null : said.StatusEntry;
    }

    /// <summary>The newest word of the station about a version; null: none.</summary>
    public ConfigurationReportRow? SaidOf(ulong entry) => _reports.FirstOrDefault(row => row.Report.EntryIndex == entry);

    public void Begin() => Begin(Indent(TextOf(Newest)), "", repeats: 0);

    /// <summary>A roll-back is a new version with the text of an older one, byte for byte.</summary>
    public void BeginRollBack(SubjectVersion version) =>
        Begin(TextOf(version), version.Change.AgentConfiguration.Label, version.EntryIndex);

    public void Cancel() => (Draft, Outcome) = (null, null);

    /// <returns>The ledger's size to read at least to; 0 when nothing was written.</returns>
    public async Task<ulong> SaveAsync()
    {
        if (Busy || Draft is not { Fault: null } draft)
            return 0;
        Busy = true;
        try
        {
            Outcome = await acts.RegisterAsync(draft.ToConfiguration(_producer), draft.Reason.Trim(), draft.SeenVersion);
            if (Outcome.IsDone)
                Draft = null;
            return Outcome.LedgerSize;
        }
        finally
        {
            Busy = false;
        }
    }

    public static string TextOf(SubjectVersion? version) => version?.Change.AgentConfiguration.Content.ToStringUtf8() ?? "{}";

    private void Begin(string text, string label, ulong repeats)
    {
        Outcome = null;
        Draft = new ConfigurationDraft { Text = text, Label = label, Repeats = repeats, SeenVersion = _version, Newest = TextOf(Newest) };
    }

    private static string Indent(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }
}
