using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Numbers;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Numbers;

public sealed class NumberTests
{
    private static readonly NumberStream Stream = new("yb-urban", DocumentKind.SimpleDecision, 2026, 57);

    [Fact]
    public void A_number_reads_as_the_pattern_says() =>
        Assert.Equal("渝北城管罚决〔2026〕12号", NumberPattern.Format("{agency}罚决〔{year}〕{n}号", "渝北城管", 2026, 12));

    [Theory]
    [InlineData("{agency}罚决〔{year}〕{n}号", true)]
    [InlineData("{agency}〔{year}〕{n}号", false)] // no word for the kind
    [InlineData("罚决〔{year}〕{n}号", false)]
    [InlineData("{agency}罚决[{year}]{n}号", false)]
    [InlineData("{agency}罚决〔{year}〕第{n}号", false)]
    [InlineData("{agency}罚决〔{year}〕{n}号{x}", false)]
    [InlineData("{agency}罚/决〔{year}〕{n}号", false)]
    public void A_pattern_is_of_the_standard_s_form(string pattern, bool good) => Assert.Equal(good, NumberPattern.WhatIsWrong(pattern) is null);

    [Fact]
    public void A_stream_is_read_back()
    {
        Assert.Equal("number/yb-urban/SIMPLE_DECISION/2026/57", Stream.ToString());
        Assert.Equal(Stream, NumberStream.Parse(Stream.ToString()));
        Assert.Equal(Stream with { AgencyId = "a/b" }, NumberStream.Parse((Stream with { AgencyId = "a/b" }).ToString()));
    }

    [Theory]
    [InlineData("case/1/lifecycle")]
    [InlineData("number/a/NO_SUCH_KIND/2026/1")]
    [InlineData("number/a/SIMPLE_DECISION/2026")]
    [InlineData("number/a/SIMPLE_DECISION/2026/-1")]
    [InlineData("")]
    public void Other_streams_are_none_of_a_number(string stream) => Assert.Null(NumberStream.Parse(stream));

    [Fact]
    public void A_form_on_the_spot_takes_a_leased_number_of_its_agency_once()
    {
        KnownNumber leased = Known(NumberState.Leased);

        Assert.Null(NumberRules.WhyNotUsable(leased, leased.Text, "yb-urban", DocumentKind.SimpleDecision));
        Assert.Contains("不是已领用", NumberRules.WhyNotUsable(null, "X", "yb-urban", DocumentKind.SimpleDecision));
        Assert.Contains("已用于", NumberRules.WhyNotUsable(Known(NumberState.Given), "X", "yb-urban", DocumentKind.SimpleDecision));
        Assert.Contains("已作废：撕毁", NumberRules.WhyNotUsable(Known(NumberState.Void), "X", "yb-urban", DocumentKind.SimpleDecision));
        Assert.Contains("yb-urban领用", NumberRules.WhyNotUsable(leased, "X", "yb-market", DocumentKind.SimpleDecision));
        Assert.Contains("当场行政处罚决定书的编号", NumberRules.WhyNotUsable(leased, "X", "yb-urban", DocumentKind.PenaltyDecision));
    }

    [Fact]
    public void A_number_is_voided_until_its_document_is_signed()
    {
        CaseDocument signed = new() { ScanSha256 = Google.Protobuf.ByteString.CopyFrom([1]) };

        Assert.Null(NumberRules.WhyNotVoid(Known(NumberState.Leased), null));
        Assert.Null(NumberRules.WhyNotVoid(Known(NumberState.Given), new CaseDocument()));
        Assert.NotNull(NumberRules.WhyNotVoid(Known(NumberState.Given), null)); // a decision on the spot
        Assert.NotNull(NumberRules.WhyNotVoid(Known(NumberState.Given), signed));
        Assert.NotNull(NumberRules.WhyNotVoid(Known(NumberState.Void), null));
        Assert.NotNull(NumberRules.WhyNotVoid(null, null));
        Assert.NotNull(NumberRules.WhyNotSigned(Known(NumberState.Void)));
        Assert.Null(NumberRules.WhyNotSigned(Known(NumberState.Given)));
        Assert.Null(NumberRules.WhyNotSigned(null));
    }

    [Fact]
    public void Documents_and_media_share_one_count_without_a_hole()
    {
        ProcedureCase subject = new() { LastCommonNumber = 3 };
        subject.Documents.Add(new CaseDocument { CommonNumber = "YBSL-2026-x-B1-0001" });
        subject.Evidence.Add(new CaseEvidence { CommonNumber = "YBSL-2026-x-B1-0002" });

        Assert.Equal(["共同编号缺第3号"], CommonNumbers.Breaks(subject));

        subject.Documents.Add(new CaseDocument { CommonNumber = "YBSL-2026-x-D0-0003" });
        Assert.Empty(CommonNumbers.Breaks(subject));

        subject.Evidence.Add(new CaseEvidence { CommonNumber = "YBSL-2026-x-B1-0002" });
        subject.Evidence.Add(new CaseEvidence { CommonNumber = "mine" });
        Assert.Equal(["共同编号YBSL-2026-x-B1-0002重复", "共同编号mine无法识别"], CommonNumbers.Breaks(subject));
    }

    private static KnownNumber Known(NumberState state) =>
        new(Stream, state, "渝北城管当罚〔2026〕57号", "block", "", "案1", state == NumberState.Void ? "撕毁" : "", 9);
}
