using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>One domain's profile of the rules file. What it does not say is as the model has it.</summary>
internal static class ProfileReader
{
    private const int MostFen = 2_000_000_000;
    private const int LongestGapMs = 3_600_000;

    public static DomainProfile Read(ObjectReader json)
    {
        DomainProfile profile = new()
        {
            Domain = json.Text("domain", longest: 32),
            Zh = json.Text("zh", longest: 100),
            En = json.Text("en", longest: 100),
            CollectiveForAll = json.Flag("collectiveForAll", otherwise: false),
            CollectiveQuorum = json.Count("collectiveQuorum", 2, 99, 3),
            ReviewForAll = json.Flag("reviewForAll", otherwise: true),
            OneOfficerSimple = json.Flag("oneOfficerSimple", otherwise: false),
            SimpleCitizenFen = json.Count("simpleCitizenFen", 0, MostFen, 20_000),
            SimpleOrganisationFen = json.Count("simpleOrganisationFen", 0, MostFen, 300_000),
            SimpleFromReviewFen = json.Count("simpleFromReviewFen", 0, MostFen, 0),
            HearingThresholds = Thresholds(json),
            RecordingDuties = Duties(json),
            StepsFirst = RuleParts.Codes(json, "stepsFirst", required: false),
            FileDocuments = RuleParts.Names<DocumentKind>(json, "fileDocuments"),
            SimpleFileDocuments = RuleParts.Names<DocumentKind>(json, "simpleFileDocuments") is { Count: > 0 } said ? said : [DocumentKind.SimpleDecision],
            InspectionWarningDays = json.Count("inspectionWarningDays", 0, 3_660, 0),
            Source = json.Text("source", longest: 200),
        };
        json.Finish();
        return profile;
    }

    private static List<HearingThreshold> Thresholds(ObjectReader profile)
    {
        List<HearingThreshold> thresholds = [];
        foreach (ObjectReader json in profile.Objects("hearingThresholds", required: true))
        {
            (DateOnly? from, DateOnly? through) = RuleParts.Period(json);
            HearingThreshold threshold = new(
                json.Choice("party", ProtoNames<PartyKind>.All), json.Count("fromFen", 1, MostFen), from, through, json.Text("source", longest: 200));
            if (thresholds.Any(known => known.Party == threshold.Party && RuleParts.Meet((known.From, known.Through), (from, through))))
                json.Note("from", "overlaps another threshold of the same party");
            thresholds.Add(threshold);
            json.Finish();
        }

        return thresholds;
    }

    private static List<RecordingDuty> Duties(ObjectReader profile)
    {
        List<RecordingDuty> duties = [];
        foreach (ObjectReader json in profile.Objects("recordingDuties", required: false))
        {
            RecordingDuty duty = new(
                json.Text("activity", longest: 64), json.Text("zh", longest: 200), json.Text("en", longest: 200), json.Flag("must", otherwise: false),
                json.Count("gapToleranceMs", 0, LongestGapMs), json.Text("source", longest: 200));
            if (duties.Any(known => known.Activity == duty.Activity))
                json.Note("activity", $"'{duty.Activity}' is there twice");
            duties.Add(duty);
            json.Finish();
        }

        return duties;
    }
}
