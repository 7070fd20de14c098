using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure.Guards;

/// <summary>证据: what is there, what was reviewed, what may be cited (art. 40, 41, 46).</summary>
internal static class EvidenceGuards
{
    /// <summary>T3.</summary>
    public static void Present(ActScope scope)
    {
        CaseEvidence[] items = [.. scope.Case.Evidence.Where(item => !item.Detached)];
        scope.Require("EVIDENCE_PRESENT", items.Length > 0, "案卷内没有证据", "先关联至少一件音像资料或监测记录", "APL-41");
        Unbroken(scope, items);
    }

    /// <summary>Each item with its four answers. What the technical review says is read here, from the registers as of the capture.</summary>
    public static void Review(ActScope scope)
    {
        if (!scope.Said(scope.Act.EvidenceReview is { Items.Count: > 0 }, "至少一件证据的审核意见"))
            return;
        foreach (ItemReview review in scope.Act.EvidenceReview.Items)
            Item(scope, review);
    }

    /// <summary>All items that are still in the list were reviewed, and one of them is evidence.</summary>
    public static void Reviewed(ActScope scope, bool atLeastOne)
    {
        CaseEvidence[] open = [.. scope.Case.Evidence.Where(item => !item.Detached && item.Outcome == EvidenceOutcome.Unspecified)];
        scope.Require("EVIDENCE_REVIEWED", open.Length == 0, $"有 {open.Length} 件证据未经审核：{Names(open.Select(item => item.Source.Key))}",
            "逐件作出真实、清晰、完整、准确的审核结论；未经审核的不得作为证据", "APL-41", "APL-46");
        if (atLeastOne)
            scope.Require("EVIDENCE_LEFT", scope.Case.Evidence.Any(item => !item.Detached && item.Outcome == EvidenceOutcome.Evidence),
                "没有一件可作为证据的材料", "补充证据，或不予立案", "APL-40", "APL-46");
    }

    /// <summary>Keys that an act quotes are in the case's list.</summary>
    public static void Known(ActScope scope, IEnumerable<string> keys)
    {
        string[] unknown = [.. keys.Where(key => Find(scope.Case, key) is null).Distinct()];
        scope.Require("EVIDENCE_KNOWN", unknown.Length == 0, $"案卷内没有这些材料：{Names(unknown)}", "先把材料关联到本案");
    }

    /// <summary>Invariant 1: nothing excluded or unreviewed stands in a document, a report or a record that is relied on.</summary>
    public static void MayBeCited(ActScope scope, IEnumerable<string> keys)
    {
        string[] cited = [.. keys.Distinct()];
        Known(scope, cited);
        string[] excluded = [.. cited.Where(key => Find(scope.Case, key)?.Outcome == EvidenceOutcome.Excluded)];
        scope.Require("NOT_EXCLUDED", excluded.Length == 0, $"引用了已排除的材料：{Names(excluded)}", "删去被排除的材料", "APL-41", "APL-46");
        string[] open = [.. cited.Where(key => Find(scope.Case, key) is { Outcome: EvidenceOutcome.Unspecified })];
        Unbroken(scope, cited.Select(key => Find(scope.Case, key)).OfType<CaseEvidence>());
        scope.Require("CITED_REVIEWED", open.Length == 0, $"引用了未经审核的材料：{Names(open)}", "先审核再引用", "APL-41");
    }

    /// <summary>The same for words: an excluded item is not brought back by its key or its common number in a text.</summary>
    public static void NamesNoneExcluded(ActScope scope, params ReadOnlySpan<string> texts)
    {
        string words = string.Join('\n', texts);
        string[] named = [.. scope.Case.Evidence.Where(item => item.Outcome == EvidenceOutcome.Excluded && !item.Detached
            && (Names(words, item.Source.Key) || Names(words, item.CommonNumber))).Select(item => item.Source.Key)];
        scope.Require("NOT_EXCLUDED", named.Length == 0, $"文字中引用了已排除的材料：{Names(named)}", "删去被排除的材料", "APL-41", "APL-46");
    }

    // "media/10" is not in "media/101".
    private static bool Names(string words, string number)
    {
        for (int at = number.Length == 0 ? -1 : words.IndexOf(number, StringComparison.Ordinal); at >= 0; at = words.IndexOf(number, at + 1, StringComparison.Ordinal))
        {
            int end = at + number.Length;
            if (end == words.Length || !char.IsAsciiDigit(words[end]))
                return true;
        }

        return false;
    }

    /// <summary>What agency monitors recorded was reviewed before anybody is punished on it, in the simple procedure, too.</summary>
    public static void MayBeCitedWhereMonitor(ActScope scope)
    {
        string[] monitors = [.. scope.Case.Evidence.Where(item => !item.Detached && IsMonitor(scope, item)).Select(item => item.Source.Key)];
        if (monitors.Length > 0)
            MayBeCited(scope, monitors);
    }

    public static CaseEvidence? Find(ProcedureCase subject, string key) =>
        subject.Evidence.FirstOrDefault(item => item.Source.Key == key && !item.Detached);

    /// <summary>Only agency monitors need admission; who wants to rest a case on them alone needs the review before filing (18, T9a).</summary>
    public static bool IsMonitor(ActScope scope, CaseEvidence item) => ClassOf(scope, item) switch
    {
        AdmissionClass.AgencyMonitor => true,
        null => IsRecord(item.Source), // a sensor that nobody registered is no better than one that was not admitted
        _ => false,
    };

    /// <summary>技术审核: admitted when it was captured, whole when last read. Pure, so the fold of the projection asks it, too.</summary>
    public static (bool Passed, string Detail, IReadOnlyList<ulong> Entries) Technical(EvidenceSource source, RegisterBook book)
    {
        if (source.Key.StartsWith("media/", StringComparison.Ordinal) && !source.Verified)
            return (false, "文件未入库或未通过哈希校验", []);
        if (source.Quality.Length > 0 && source.Quality != "N")
            return (false, $"监测数据标记为 {source.Quality}，不是有效数据", []);
        bool isRecord = IsRecord(source);
        if (source.DeviceId.Length == 0 || source.CapturedAt is null)
            return isRecord ? (false, "监测记录没有设备或观测时间", []) : (true, "材料不来自登记的设备", []);
        RegisterAsOf asOf = new(Micros.Of(source.CapturedAt) ?? 0);
        RegisterVersion? device = book.InForce(RegisterKind.Device, source.DeviceId, asOf);
        if (device is null && isRecord)
            return (false, $"设备 {source.DeviceId} 在采集时不在登记册内，其监测记录不得作为证据", []);
        if (device is null)
            return (true, $"设备 {source.DeviceId} 不在登记册内，按一般来源审核内容", []); // a passer-by's telephone, a recorder not entered yet (18: patrol, complaint)
        if (device.Change.Device.AdmissionClass == AdmissionClass.Recorder)
            return (true, "执法记录仪，按第四十七条管理", [device.Entry]);
        GuardAnswer answer = AdmissionPolicy.WasAdmitted(book, source.DeviceId, asOf);
        return (answer.Allowed, answer.Reason, [.. answer.Steps.SelectMany(step => step.Entries)]);
    }

    // Null: in no register when it was captured.
    private static AdmissionClass? ClassOf(ActScope scope, CaseEvidence item) => item.Source.DeviceId.Length == 0
        ? null
        : scope.Context.Book.InForce(RegisterKind.Device, item.Source.DeviceId,
            new RegisterAsOf(Micros.Of(item.Source.CapturedAt) ?? scope.Context.AsOf.AtMicros))?.Change.Device.AdmissionClass;

    private static bool IsRecord(EvidenceSource source) => source.Key.StartsWith("record/", StringComparison.Ordinal);

    private static void Item(ActScope scope, ItemReview review)
    {
        CaseEvidence? item = Find(scope.Case, review.EvidenceKey);
        if (!scope.Require("EVIDENCE_KNOWN", item is not null, $"案卷内没有材料 {review.EvidenceKey}", "先把材料关联到本案"))
            return;
        Answer[] answers = [review.IsTrue, review.IsClear, review.IsComplete, review.IsAccurate];
        scope.Require("FOUR_ANSWERS", answers.All(answer => answer is Answer.Yes or Answer.No),
            $"{review.EvidenceKey} 没有逐项回答真实、清晰、完整、准确", "四项各答一次", "APL-41");
        scope.Require("NO_WITH_REASON", !answers.Contains(Answer.No) || ActScope.IsText(review.Reason),
            $"{review.EvidenceKey} 有否定结论而没有理由", "写明理由", "APL-41");
        scope.Require("REVIEWER_NOT_UPLOADER", item!.Source.Uploader.Length == 0 || !IsActor(scope, item.Source.Uploader),
            $"{review.EvidenceKey} 由审核人本人采集", "由他人审核", "APL-41");
        scope.Require("REVIEWER_NOT_HANDLER", !scope.Case.Participants.Any(person => person.OfficerId == scope.Act.Actor.Id
            && person.Roles.Contains(OfficerRole.Handler)), "审核人是本案承办人", "由非承办人审核", "APL-41", "CQ-S4");
        (bool passed, string detail, IReadOnlyList<ulong> entries) = Technical(item.Source, scope.Context.Book);
        review.TechnicalOk = passed;
        review.TechnicalDetail = detail;
        scope.Guards.Pass("TECHNICAL_REVIEW", $"{review.EvidenceKey}: {detail}", entries, "APL-41");
    }

    // The uploader is a recorder's officer number, which is not the register's id.
    private static bool IsActor(ActScope scope, string uploader) => uploader == scope.Act.Actor.Id
        || scope.Context.Book.InForce(RegisterKind.Officer, scope.Act.Actor.Id, scope.Context.AsOf)?.Change.Officer.Number == uploader;

    private static void Unbroken(ActScope scope, IEnumerable<CaseEvidence> items)
    {
        string[] missing = [.. items.Where(item => item.Source.Key.StartsWith("media/", StringComparison.Ordinal) && !item.Source.Verified)
            .Select(item => item.Source.Key)];
        scope.Require("HASH_MATCHES", missing.Length == 0, $"这些文件未入库或未通过哈希校验：{Names(missing)}", "等待上传并校验完成，或解除关联", "APL-46");
    }

    private static string Names(IEnumerable<string> keys)
    {
        string[] all = [.. keys];
        return string.Join("、", all.Take(5)) + (all.Length > 5 ? " 等" : "");
    }
}
