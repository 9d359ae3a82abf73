using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;

namespace Disguise.LibOS.Applications;

/// <summary>
/// Two programs pass a counter to and fro (Engler, Kaashoek and O'Toole, SOSP 1995, section 6.1):
/// the answerer adds one. A message by pipe or shared memory is half of such a round trip, a
/// procedure call is all of it.
/// </summary>
/// <param name="kind">By what they talk.</param>
/// <param name="isAnswerer">Whether this is the one that answers.</param>
/// <param name="rounds">Round trips; 0 for without end.</param>
/// <param name="messageBytes">Bytes of a message by pipe.</param>
public sealed class IpcBench(
    CommunicationKind kind, bool isAnswerer, long rounds, int messageBytes = sizeof(uint))
    : IApplication
{
    /// <summary>Bytes that a message by pipe can have.</summary>
    public const int MessageLimitBytes = 1 << 16;

    /// <summary>Between two looks at what nobody implements, so that time goes on.</summary>
    private const long UnmeasuredPausePs = Picoseconds.PerMillisecond;

    /// <inheritdoc/>
    public ushort ServicePort => 0;

    /// <inheritdoc/>
    public async EmulatedTask Run(ApplicationHost host)
    {
        var communication = host.Communication
            ?? throw new ComponentFailureException("nobody implements communication here");
        var conversation = isAnswerer
            ? await communication.Accept(kind, messageBytes)
            : await communication.Connect(kind, messageBytes);
        if (conversation is null)
            await Pause(host);
        else if (isAnswerer)
            await conversation.Serve(word => word + 1);
        else
            await Ask(host, conversation);
    }

    private async EmulatedTask Ask(ApplicationHost host, IConversation conversation)
    {
        var counter = 0u;
        for (var round = 0L; rounds == 0 || round < rounds; round++)
        {
            var startPs = host.ClockPs;
            if (await conversation.Ask(counter) is not { } answer)
                break;
            if (answer != Cut(counter + 1))
                throw new ComponentFailureException($"{counter} was answered by {answer}");
            Record(host, startPs);
            counter = answer;
        }

        await conversation.Close();
    }

    /// <summary>What of a word a message can say.</summary>
    private uint Cut(uint word) => messageBytes >= sizeof(uint)
        ? word : word & ((1u << (8 * messageBytes)) - 1);

    private void Record(ApplicationHost host, long startPs)
    {
        if (kind is CommunicationKind.Lrpc or CommunicationKind.TrustedLrpc)
        {
            host.Operations.Record(startPs, host.ClockPs);
            return;
        }

        var halfPs = (host.ClockPs - startPs) / 2;
        host.Operations.Record(startPs, startPs + halfPs);
        host.Operations.Record(startPs + halfPs, host.ClockPs);
    }

    private static async EmulatedTask Pause(ApplicationHost host)
    {
        while (true)
        {
            host.Work(UnmeasuredPausePs);
            await host.Settle();
        }
    }
}
