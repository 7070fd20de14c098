namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>
/// Which pairs of case and manifest an entry brings together. Each pair once, with its strongest reason: a number somebody
/// typed, then what an alert names, then officer and time, then distance and time. Settled pairs are left alone. Pure.
/// </summary>
internal static class AttachingPolicy
{
    /// <summary>A manifest came, or a label changed its number: which cases want it?</summary>
    public static IReadOnlyList<Attachment> ForManifest(ManifestView manifest, IClerkLookup lookup)
    {
        IReadOnlyCollection<string> alerts = lookup.AlertsNaming(manifest.Index);
        List<CaseView> candidates = [];
        if (manifest.NumberKey.Length > 0)
            candidates.AddRange(lookup.CasesByNumber(manifest.NumberKey));
        foreach (string alert in alerts)
            candidates.AddRange(lookup.CasesByAlert(alert));
        if (manifest is { ClockImplausible: false, Capture: { } capture })
        {
            if (manifest.Officer.Length > 0)
                candidates.AddRange(lookup.CasesByOfficer(manifest.Officer, capture));
            if (manifest.Place is not null)
                candidates.AddRange(lookup.CasesWithPlace(capture));
        }

        return Decide(candidates.Select(subject => (subject, manifest, alerts)), lookup);
    }

    /// <summary>A case was opened: which of the manifests that came before belong to it?</summary>
    public static IReadOnlyList<Attachment> ForCase(CaseView subject, IClerkLookup lookup)
    {
        List<ManifestView> candidates = [.. lookup.ManifestsByNumber(subject.NumberKey)];
        if (subject.AlertId.Length > 0)
            candidates.AddRange(lookup.ManifestsNamedBy(subject.AlertId));
        if (subject.Window is { } window)
        {
            foreach (string officer in subject.Officers)
                candidates.AddRange(lookup.ManifestsByOfficer(officer, window));
            if (subject.Place is not null)
                candidates.AddRange(lookup.ManifestsWithPlace(window));
        }

        return Decide(candidates.Select(manifest => (subject, manifest, lookup.AlertsNaming(manifest.Index))), lookup);
    }

    // Sorted by case and manifest: the order of facts is part of what a second decision must repeat.
    private static List<Attachment> Decide(
        IEnumerable<(CaseView Case, ManifestView Manifest, IReadOnlyCollection<string> Alerts)> pairs, IClerkLookup lookup)
    {
        SortedDictionary<(string, ulong), Attachment> decided = new(PairOrder);
        foreach ((CaseView subject, ManifestView manifest, IReadOnlyCollection<string> alerts) in pairs)
        {
            if (decided.ContainsKey((subject.CaseId, manifest.Index)) || lookup.IsSettled(subject.CaseId, manifest.Index))
                continue;
            Attachment? attachment = AttachByCaseNumberRule.Match(subject, manifest)
                ?? AttachNamedByAlertRule.Match(subject, manifest, alerts)
                ?? AttachByOfficerAndTimeRule.Match(subject, manifest)
                ?? AttachByDistanceAndTimeRule.Match(subject, manifest);
            if (attachment is not null)
                decided.Add((subject.CaseId, manifest.Index), attachment);
        }

        return [.. decided.Values];
    }

    private static readonly Comparer<(string CaseId, ulong Manifest)> PairOrder = Comparer<(string CaseId, ulong Manifest)>.Create(
        (a, b) => string.CompareOrdinal(a.CaseId, b.CaseId) is var order and not 0 ? order : a.Manifest.CompareTo(b.Manifest));
}
