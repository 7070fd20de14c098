using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>One entry to the facts that follow from it. Pure: the entry has been folded into what the lookup shows.</summary>
internal static class ClerkPolicy
{
    public static bool Wants(Record.BodyOneofCase type) => type is Record.BodyOneofCase.FieldAlert
        or Record.BodyOneofCase.MediaManifest or Record.BodyOneofCase.MediaLabel
        or Record.BodyOneofCase.AlertOpened or Record.BodyOneofCase.AlertUpdated
        or Record.BodyOneofCase.MediaAttached or Record.BodyOneofCase.MediaDetached or Record.BodyOneofCase.LeadRegistered
        or Record.BodyOneofCase.CaseOpened or Record.BodyOneofCase.DevicePresence
        or Record.BodyOneofCase.RuleSetActivated or Record.BodyOneofCase.AlertRecomputed;

    public static IReadOnlyList<Record> Decide(ProjectedEntry entry, IClerkLookup lookup)
    {
        if (entry.Record is not { } record)
            return [];
        ClerkCause cause = ClerkCause.Of(entry, record);
        return record switch
        {
            { FieldAlert: { } alert } =>
            [
                .. AlertOpeningRule.Decide(alert, cause, lookup.IsAlertOpen(alert.EpisodeId)),
                .. Attach(Named(alert, lookup).SelectMany(manifest => AttachingPolicy.ForManifest(manifest, lookup)), cause),
            ],
            { DevicePresence: { } presence } when entry.Leaf.Origin == LeafOrigin.Door =>
                [.. PresenceAlertRule.Decide(presence, cause, lookup.IsAlertOpen)],
            { MediaManifest: not null } => ForManifests(lookup.Manifest(entry.Index) is { } manifest ? [manifest] : [], lookup, cause),
            { MediaLabel: { } label } => ForManifests(lookup.ManifestsByHash(label.ManifestSha256.Memory), lookup, cause),
            { CaseOpened: { } opened } when lookup.Case(opened.CaseId) is { } subject =>
                [.. Attach(AttachingPolicy.ForCase(subject, lookup), cause)],
            _ => [],
        };
    }

    private static IReadOnlyList<Record> ForManifests(
        IEnumerable<ManifestView> manifests, IClerkLookup lookup, ClerkCause cause) =>
        [.. Attach(manifests.SelectMany(manifest => AttachingPolicy.ForManifest(manifest, lookup)), cause)];

    private static IEnumerable<ManifestView> Named(FieldAlert alert, IClerkLookup lookup) => alert.MediaManifestSha256
        .Distinct().SelectMany(hash => lookup.ManifestsByHash(hash.Memory));

    private static IEnumerable<Record> Attach(IEnumerable<Attachment> attachments, ClerkCause cause) =>
        attachments.Select(attachment => ClerkFact.Of(attachment, cause));
}
