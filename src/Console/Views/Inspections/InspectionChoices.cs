using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Localization;
using EdgeEnforcement.OperatorConsole.Views.Forms;
using EdgeEnforcement.OperatorConsole.Views.Registers;
using Google.Protobuf.Reflection;

namespace EdgeEnforcement.OperatorConsole.Views.Inspections;

/// <summary>What an act's content may name: officers, units, items, recordings that came lately or are linked, findings.</summary>
public sealed class InspectionChoices(DeskQueries desk, RegisterQueries registers) : IFormChoices
{
    private readonly RegisterChoices _registers = new(registers, desk);
    private Inspection _subject = new();
    private FormOffer _media = FormOffer.None;
    private bool _linked;

    public async Task ReadAsync(Inspection subject, InspectionActKind kind, MessageDescriptor? content, CancellationToken cancellation)
    {
        (_subject, _linked) = (subject, kind == InspectionActKind.UnlinkRecording);
        await _registers.ReadAsync((content is null ? [] : FormFields.KindsIn(content)).Append(RegisterKind.Unit).Distinct(), 0, cancellation);
        if (kind != InspectionActKind.LinkRecording)
            return;
        var page = await desk.ListMediaAsync(new ListMediaRequest { PageSize = 100 }, cancellation);
        _media = new FormOffer([.. page.Rows.Select(row => (Text(row.ManifestIndex), NameOf(row)))], IsWhole: page.NextPage.Length == 0);
    }

    public FormOffer Of(FormField field) => field.Name switch
    {
        "manifest_index" when _linked => new FormOffer([.. _subject.Recordings.Select(media => (Text(media.Source.EntryIndex), NameOf(media)))]),
        "manifest_index" => _media,
        "evidence_keys" => new FormOffer([.. _subject.Recordings.Select(media => (media.Source.Key, NameOf(media)))]),
        "finding" => new FormOffer([.. _subject.Findings.Select((found, at) => (Text((ulong)at + 1), $"{at + 1} {found.Finding.Text}"))]),
        _ => _registers.Of(field),
    };

    public string UnitName(string id) => _registers.NameOf(RegisterKind.Unit, id);

    public static string NameOf(InspectionMedia media) => media.Source.Title.Length > 0 ? media.Source.Title : media.Source.Key;

    private static string NameOf(MediaRow row) => $"{row.OriginalPath} {row.Officer} {Figures.Moment(row.CaptureStart ?? row.IngestedAt)}";

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
