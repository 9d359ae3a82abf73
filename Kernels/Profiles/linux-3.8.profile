# Linux 3.8 with ixgbe, which Arrakis was compared with (TOCS 33(4):11, 2015; here T15). Table I
# gives the time of one UDP packet of 1,024 bytes, received and sent, 1,000 samples, in two columns:
# the receiver was running (total 3.36 us), or the core had been idle (6.19 us). Sums by row are
# measured; how a row is split into items is not, and is marked assumed. The rows "return" and
# "syscall" of the first column are the platform's trap and trap-return, twice each.
# A line: cost = value unit [assumed] # source. Units: ps ns us instr; with /B a byte.

description = Linux 3.8: sockets over the kernel's network stack

# The stack's own share: Table I's rows less the items of a shared stack below
stack-receive-posix = 1090 ns assumed # T15 Table I, network stack in: 1.24 us after idle, less 150
stack-send-posix = 960 ns assumed # T15 Table I, network stack out: 1.05 us running, less 90 ns
stack-receive-native = 1090 ns assumed # Linux has no native interface; the same protocols
stack-send-native = 960 ns assumed # Linux has no native interface; the same protocols
copy-receive = 234 ps/B # T15 Table I: copy in, 0.24 us for 1,024 bytes, with user-copy-receive
copy-send = 429 ps/B # T15 Table I: copy out, 0.44 us for 1,024 bytes, with user-copy-send
user-copy-receive = 384 ps # T15 Table I: what is left of 0.24 us
user-copy-send = 704 ps # T15 Table I: what is left of 0.44 us

# The control plane and the scheduler
control-plane-call = 1 us assumed # checks and bookkeeping of one call
page-table-entry = 50 ns assumed # one entry written, tables at hand
receiver-notification = 170 ns # T15 Table I: scheduler, receiver running, 0.17 us
scheduler-wake-up = 300 ns assumed # T15 Table I: scheduler, CPU idle, 2.40 us; see idle-leave
scheduler-dispatch = 700 ns assumed # T15 Table I: scheduler, CPU idle, 2.40 us; see idle-leave

# Cards in software
software-card-packet = 3 us assumed # no Linux measurement; as in extaris

# What a stack must do that tenants share; charged by placement, and no paper prints the split
demultiplexing = 60 ns assumed # two hash look-ups: the tenant's, then the socket's
receive-buffer-accounting = 40 ns assumed # an atomic addition and a comparison
socket-lock-receive = 30 ns assumed # one uncontended lock, taken and released
argument-check-receive = 20 ns assumed # descriptor, length and addresses
send-buffer-accounting = 40 ns assumed # an atomic addition and a comparison
socket-lock-send = 30 ns assumed # one uncontended lock, taken and released
argument-check-send = 20 ns assumed # descriptor, length and addresses
event-wait = 200 ns assumed # epoll_wait beside the entry into the kernel
event-notification = 60 ns assumed # one entry of a list of those ready
queueing-discipline = 150 ns assumed # classify, enqueue, dequeue of one packet

# The state of the core that a packet finds: the difference of Table I's two columns
stack-receive-while-running = 20 ns # T15 Table I: network stack in, 1.26 us less 1.24
stack-send-after-idle = 370 ns # T15 Table I: network stack out, 1.42 us less 1.05
copy-receive-after-idle = 10 ns # T15 Table I: copy in, 0.25 us less 0.24
copy-send-after-idle = 110 ns # T15 Table I: copy out, 0.55 us less 0.44
trap-after-idle = 15 ns # T15 Table I: syscall, 0.13 us less 0.10, for two calls
trap-return-after-idle = 50 ns # T15 Table I: return, 0.20 us less 0.10, for two calls
idle-leave = 1230 ns assumed # T15 Table I: scheduler, 2.40 us less notification, wake-up, dispatch

# Messages between servers
ipc-path = 0 ns assumed # as l4: no other source prints one

# An exokernel's primitives and virtual memory's, of which no source tells for this code: as
# aegis-exos has them in instructions, the mean of the machines of SOSP 1995.
exception-forward = 18 instr assumed # as aegis-exos
stlb-refill = 18 instr assumed # as aegis-exos
kernel-call-demultiplex = 10 instr assumed # as aegis-exos
kernel-call = 27 instr assumed # as aegis-exos
kernel-call-stack = 14 instr assumed # as aegis-exos
protected-transfer = 20 instr assumed # as aegis-exos
tlb-write-call = 20 instr assumed # as aegis-exos
frame-call = 40 instr assumed # as aegis-exos
slice-upcall = 30 instr assumed # as aegis-exos
predicate-evaluate = 10 instr assumed # as aegis-exos
context-save = 20 instr assumed # as aegis-exos
stride-select = 60 instr assumed # as aegis-exos
pipe-call = 150 ns assumed # the inode's mutex, one buffer, mark read or written
pipe-byte = 234 ps/B assumed # as copy-receive
signal-send = 300 ns assumed # rights, the queue of signals, its lock
page-table-lookup-linear = 211 instr assumed # as aegis-exos
page-table-lookup-inverted = 88 instr assumed # as aegis-exos
page-table-next-inverted = 8 instr assumed # as aegis-exos
page-protect = 111 instr assumed # as aegis-exos
page-protect-range-page = 21 instr assumed # as aegis-exos
page-unprotect-range-page = 29 instr assumed # as aegis-exos
fault-dispatch = 106 instr assumed # as aegis-exos
fault-look-up = 0 instr assumed # within signal-delivery
signal-delivery = 1500 ns assumed # the fault, a signal frame, what rt_sigreturn does: 3,300 cycles
tlb-refill-handler = 9 instr assumed # as ultrix-4.2
system-call-path = 0 ns assumed # within Table I's rows syscall and return
