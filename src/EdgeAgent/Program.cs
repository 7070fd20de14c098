using System.CommandLine;
using EdgeEnforcement.EdgeAgent.Hosting.Verbs;

var agent = new RootCommand("EdgeAgent: docks recorders, keeps and signs what they hold, and sends it to the centre.")
{
    RunVerb.Create(),
    StatusVerb.Create(),
    HashVerb.Create(),
    AlertVerb.Create(),
    VerifyVerb.Create(),
    ConfigurationVerb.Create(),
    AcceptOriginVerb.Create(),
    ExplainVerb.Create(),
    RulesVerb.Create(),
};
return await agent.Parse(args).InvokeAsync();
