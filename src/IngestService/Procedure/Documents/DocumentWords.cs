using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>The words documents use for what the contract has as enumerations. They are part of signed papers: not resources, not translated.</summary>
internal static class DocumentWords
{
    public static string Of(DocumentKind kind) => kind switch
    {
        DocumentKind.FilingApproval => "立案审批表",
        DocumentKind.InquiryRecord => "询问笔录",
        DocumentKind.SceneRecord => "现场检查（勘验）笔录",
        DocumentKind.InvestigationReport => "调查终结报告",
        DocumentKind.LegalOpinion => "法制审核意见书",
        DocumentKind.PenaltyNotice => "行政处罚（听证）事先告知书",
        DocumentKind.PenaltyDecision => "行政处罚决定书",
        DocumentKind.NoPenaltyDecision => "不予行政处罚决定书",
        DocumentKind.SimpleDecision => "当场行政处罚决定书",
        DocumentKind.ServiceReceipt => "送达回证",
        DocumentKind.CorrectionOrder => "责令改正通知书",
        DocumentKind.ClosingApproval => "结案审批表",
        DocumentKind.Correction => "文书补正通知书",
        DocumentKind.DiscussionRecord => "集体讨论记录",
        DocumentKind.PreservationDecision => "先行登记保存证据通知书",
        DocumentKind.Unspecified => "",
        _ => "文书",
    };

    public static string Of(LeadSourceKind kind) => kind switch
    {
        LeadSourceKind.Alert => "监测预警",
        LeadSourceKind.Inspection => "行政检查",
        LeadSourceKind.Complaint => "投诉举报",
        LeadSourceKind.Transfer => "其他机关移送",
        LeadSourceKind.SuperiorOrder => "上级交办",
        LeadSourceKind.StreetFinding => "现场发现",
        _ => "",
    };

    public static string Of(PartyKind kind) => kind switch
    {
        PartyKind.Citizen => "公民",
        PartyKind.Organisation => "法人或者其他组织",
        _ => "",
    };

    /// <summary>As a decision cites it: "依据…的规定".</summary>
    public static string Of(NoPenaltyGround ground) => ground switch
    {
        NoPenaltyGround.Minor or NoPenaltyGround.First => "《中华人民共和国行政处罚法》第三十三条第一款",
        NoPenaltyGround.NoFault => "《中华人民共和国行政处罚法》第三十三条第二款",
        NoPenaltyGround.NotProven => "《中华人民共和国行政处罚法》第五十七条第一款第三项",
        NoPenaltyGround.AgeOrMind => "《中华人民共和国行政处罚法》第三十条、第三十一条",
        NoPenaltyGround.TimeBarred => "《中华人民共和国行政处罚法》第三十六条",
        _ => "",
    };

    public static string Of(SanctionKind kind) => kind switch
    {
        SanctionKind.Warning => "警告",
        SanctionKind.Criticism => "通报批评",
        SanctionKind.Fine => "罚款",
        SanctionKind.Confiscation => "没收违法所得、没收非法财物",
        SanctionKind.SuspendLicence => "暂扣许可证件",
        SanctionKind.Downgrade => "降低资质等级",
        SanctionKind.RevokeLicence => "吊销许可证件",
        SanctionKind.RestrictBusiness => "限制开展生产经营活动",
        SanctionKind.StopBusiness => "责令停产停业",
        SanctionKind.CloseBusiness => "责令关闭",
        SanctionKind.BanProfession => "限制从业",
        SanctionKind.Detention => "行政拘留",
        _ => "",
    };

    /// <summary>A sanction nobody worded: its kinds, with their sums.</summary>
    public static string Of(Sanction sanction) => string.Join('；', sanction.Kinds.Select(kind => kind switch
    {
        SanctionKind.Fine => $"罚款人民币{ChineseAmount.InDigits(sanction.FineFen)}（大写：{ChineseAmount.InWords(sanction.FineFen)}）",
        SanctionKind.Confiscation when sanction.ConfiscationFen > 0 =>
            $"没收违法所得、非法财物人民币{ChineseAmount.InDigits(sanction.ConfiscationFen)}（大写：{ChineseAmount.InWords(sanction.ConfiscationFen)}）",
        _ => Of(kind),
    }));
}
