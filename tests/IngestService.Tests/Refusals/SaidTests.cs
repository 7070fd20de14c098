using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Tests.Refusals;

public sealed class SaidTests
{
    [Fact]
    public void A_sentence_is_its_template_and_what_stands_in_it()
    {
        Said said = Said.Of($"no {RegisterKind.Unit} {"市局{1}"} of {3} is {"tamper":@Mark}");

        Assert.Equal("no Unit 市局{1} of 3 is tamper", said.ToString());
        Assert.Equal("no {0} {1} of {2} is {3}", said.ToSentence().Template);
        Assert.Equal(["@RegisterKind.Unit", "市局{1}", "3", "@Mark.tamper"], said.ToSentence().Arguments);
    }

    [Fact]
    public void Plain_words_are_a_template_too_and_braces_in_them_stay()
    {
        Said said = "is no {set}";

        Assert.Equal(("is no {set}", "is no {{set}}"), (said.ToString(), said.ToSentence().Template));
        Assert.Empty(said.ToSentence().Arguments);
    }

    [Fact]
    public void What_stands_in_a_sentence_is_cut_to_what_a_message_can_carry()
    {
        Said said = $"'{new string('区', 5_000)}' is no day";

        Assert.Equal(301, Assert.Single(said.ToSentence().Arguments).Length);
    }
}
