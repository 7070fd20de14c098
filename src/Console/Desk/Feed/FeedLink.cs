namespace EdgeEnforcement.OperatorConsole.Desk.Feed;

public enum FeedLink
{
    Connecting,
    Live,
    Lost,
}
