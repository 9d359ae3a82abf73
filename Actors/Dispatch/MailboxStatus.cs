using System.Reflection;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Disguise.Actors.Dispatch;

/// <summary>
/// What invoking an actor directly needs of an Akka mailbox and is private there: whether the
/// mailbox is open, the handling of system messages after a message, and getting ready again.
/// <see cref="IsReadable"/> is checked once at start; without it every event takes the mailbox.
/// </summary>
internal static class MailboxStatus
{
    private const int Scheduled = 2;

    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.NonPublic;

    public static bool IsReadable { get; } = Probe();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOpen(Mailbox mailbox) => (Status(mailbox) & ~Scheduled) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasSystemMessages(Mailbox mailbox) => SystemQueue(mailbox) is not null;

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ProcessAllSystemMessages")]
    public static extern void ProcessAllSystemMessages(Mailbox mailbox);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "RegisterForExecution")]
    public static extern bool RegisterForExecution(
        MessageDispatcher dispatcher, Mailbox mailbox, bool hasMessage, bool hasSystemMessage);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_statusDotNotCallMeDirectly")]
    private static extern ref int Status(Mailbox mailbox);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Actor>k__BackingField")]
    public static extern ref ActorBase? Actor(ActorCell cell);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_systemQueueDoNotCallMeDirectly")]
    private static extern ref SystemMessage? SystemQueue(Mailbox mailbox);

    private static bool Probe()
    {
        var status = typeof(Mailbox).GetField("_statusDotNotCallMeDirectly", Members);
        var process = typeof(Mailbox).GetMethod("ProcessAllSystemMessages", Members, []);
        var register = typeof(MessageDispatcher).GetMethod(
            "RegisterForExecution", Members, [typeof(Mailbox), typeof(bool), typeof(bool)]);
        var actor = typeof(ActorCell).GetField("<Actor>k__BackingField", Members);
        var queue = typeof(Mailbox).GetField("_systemQueueDoNotCallMeDirectly", Members);
        return status?.FieldType == typeof(int) && queue?.FieldType == typeof(SystemMessage)
            && actor?.FieldType == typeof(ActorBase)
            && process is not null && register is not null;
    }
}
