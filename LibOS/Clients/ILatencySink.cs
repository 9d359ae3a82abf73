namespace Disguise.LibOS.Clients;

/// <summary>Takes what clients measure. Watches only.</summary>
public interface ILatencySink
{
    /// <summary>A reply arrived in the measured interval.</summary>
    /// <param name="group">The client's group, as in its settings.</param>
    /// <param name="reply">Whose it is, and its times.</param>
    void Record(int group, in TimedReply reply);
}
