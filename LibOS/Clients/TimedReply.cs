namespace Disguise.LibOS.Clients;

/// <summary>A reply as its client saw it.</summary>
/// <param name="Client">Number of the client in its group.</param>
/// <param name="Target">Index of the target that answered, among the group's targets.</param>
/// <param name="DuePs">When the request was due to be sent, picoseconds.</param>
/// <param name="AtPs">When the reply had arrived.</param>
public readonly record struct TimedReply(int Client, int Target, long DuePs, long AtPs)
{
    /// <summary>From when the request was due until the reply had arrived, picoseconds.</summary>
    public long LatencyPs => AtPs - DuePs;
}
